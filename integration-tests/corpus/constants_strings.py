"""String and bytes literals: escapes, prefixes, joining, surrogates, long and shared constants."""

print("\a\b\f\n\r\t\v\\\'\"\0\01\012\x41\u00e9\U0001F600\N{GREEK SMALL LETTER ALPHA}".encode("unicode_escape"))
print(b"\a\b\f\n\r\t\v\\\'\"\0\01\012\xff\x00", rb"\u0041 stays", rb"\x41\n", Rb"\\", bR'\'')
print(r"\n\t\\", r'\'', R"\x41", u"unicode prefix", U"upper", "line \
continued", 'single "double" inside', "double 'single' inside")
print("joined " "strings" ' of all' """ kinds""" r"\raw", b"by" b"tes" rb"\x")
print("""triple
quoted "with" quotes \
and continuation
    indentation kept""")
print('''a'b''c"d""e\'''f''', repr("'"), repr('"'), repr("'\""), repr("\\"))
print(["tab\there", "é", "ß", "日本", "\u200b", "\x7f", "\x80", "\xa0", "\ud800", "\udfff", "😀", "\x00"].__repr__().encode("ascii", "backslashreplace"))
print(len("😀"), len("é"), len("e\u0301"), "é" == "e\u0301", len("\U0010FFFF"), ord("\U0010FFFF"))
lone = "\ud83d\ude00"
print(len(lone), lone.encode("utf-16-le", "surrogatepass").decode("utf-16-le") == "😀")
print("a\0b".split("\0"), len("\0"), "\0" in "a\0b", b"\0\1\2"[1], "\N{NO-BREAK SPACE}".isspace())


def interned():
    a, b = "same_constant", "same_constant"
    return a is b


def docstring():
    """Doc with \t tab, é and
    a second line."""


def no_docstring():
    b"bytes are no docstring"


def empty_docstring():
    ""


def joined_docstring():
    "joined " "docstring"


class Documented:
    "class doc"
    __slots__ = ()


print(interned(), repr(docstring.__doc__.split("\n")[0]), no_docstring.__doc__, repr(empty_docstring.__doc__))
print(joined_docstring.__doc__, Documented.__doc__, __doc__[:10])
LONG = "0123456789" * 1000
print(len(LONG), LONG[9990:], hash("") == hash(""), "ab" * 0, "ab" * -1, 3 * "ab")
print("%s|%r|%a|%5s|%-5s|%.2s" % ("é", "é", "é", "x", "x", "abc"), b"%s %d %x" % (b"b", 5, 255))
print("abc" < "abd" < "b", "Z" < "a", "é" > "z", b"a" < b"b", "10" < "9", min("b", "B"), max("a", "aa"))
constant_tuple = ("a", b"a", 1, None, ..., True, 1.5, 2j, ("nested", (b"deep",)))
print(constant_tuple, hash(("a", 1)) == hash(("a", 1)), constant_tuple[-1][1][0])
print("a" in ("a", "b"), "c" in {"a", "b"}, 1 in {1, 2, 3}, b"a" in [b"a"], "bc" in "abcd", b"b" in b"abc")


def set_constant(x):
    return x in {"one", "two", "three", (1, 2), 1.5, None, b"b"}, x in ["l", x], x not in ("t",)


print(set_constant("two"), set_constant((1, 2)), set_constant(None), set_constant(0))
text = "héllo wörld"
print(text.upper(), text.title(), text[::-1], text[1:4], text[-3:], text.encode(), ascii(text))
print("{0!r:>{1}}|{name}".format("x", 6, name="n"), "a,b,,c".split(","), "  x ".strip(), "a-b".partition("-"))
print(bytes([1, 2, 255]), bytes(3), bytearray(b"ab") + b"c", b"abc"[0], b"abc"[0:1], b"\x61".decode(), bytes("é", "latin-1"))
print("ﬁ".casefold(), "ǅ".lower(), "İ".lower().encode("unicode_escape"), "ß".upper(), "Σ".lower())
print("\x1b[0m".__repr__(), "\u2028".__repr__(), "a\u0300".__repr__().encode("unicode_escape"), "\\u0041")
