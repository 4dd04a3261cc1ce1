"""Operations along one dim whose outputs all depend on the lane."""
