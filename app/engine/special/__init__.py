"""Special functions on arrays, in double precision: numpy has none of them. Each says where its formula stands.

DLMF is the NIST Digital Library of Mathematical Functions.
"""
