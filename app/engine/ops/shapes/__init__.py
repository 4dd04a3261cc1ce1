"""Rearrangements: views, copies side by side, joining and cutting."""
