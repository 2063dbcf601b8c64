print("importing", __name__)
public = 1
_hidden = 2
