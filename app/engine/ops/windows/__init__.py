"""Operations that look through windows: convolution, pooling, resampling, padding, unfolding."""
