"""What notices say, by purpose: what happened, what it means, until when who must act, and how to object.

From committed rows alone, in the words of the program and of those who wrote to each other; what people here noted for
themselves, and their names, are never part of it.
"""
