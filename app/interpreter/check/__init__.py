"""The static pass: everything about a program that can be refused before it runs. No recursion, so no tree
is too deep for it."""
