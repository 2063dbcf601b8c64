print("importing", __name__, "in package", __package__)
value = "sibling's value"
