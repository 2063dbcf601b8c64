"""try/except/else/finally: which part runs, matching of handlers, and names bound by handlers."""


def parts(action):
    log = []
    try:
        log.append("try")
        action()
    except (KeyError, IndexError) as error:
        log.append(f"lookup {type(error).__name__}")
    except ValueError:
        log.append("value")
    except Exception as error:
        log.append(f"other {error}")
    else:
        log.append("else")
    finally:
        log.append("finally")
    log.append("after")
    return " ".join(log)


def raiser(error):
    def action():
        raise error

    return action


print(parts(lambda: None))
for error in (KeyError("k"), IndexError, ValueError(), UnicodeError("u"), OSError("o"), 5):
    print(parts(raiser(error)))
try:
    parts(raiser(SystemExit(1)))
except BaseException as error:
    print("passed through", repr(error))


def handler_name():
    error = "bound before"
    try:
        raise ValueError("v")
    except ValueError as error:
        inside = str(error)
    try:
        return error
    except UnboundLocalError as unbound:
        return inside, str(unbound)


print(handler_name())


def handler_name_deleted_inside():
    try:
        raise ValueError
    except ValueError as error:
        del error
    try:
        raise KeyError
    except KeyError as error:
        error = "rebound"
    return "error" in locals()


print(handler_name_deleted_inside())


def log(label, value):
    print("evaluate", label)
    return value


try:
    raise KeyError
except log("first", ValueError):
    pass
except (log("tuple", IndexError), log("member", KeyError)):
    print("matched the tuple")
except log("never", Exception):
    pass

try:
    pass
except log("not evaluated", ValueError):
    pass

for bad in (5, "text", (ValueError, 5), int, None):
    try:
        try:
            raise KeyError("original")
        except bad:
            print("matched?")
    except TypeError as error:
        print(error, "| context", repr(error.__context__))

try:
    try:
        raise KeyError("original")
    except undefined_name:
        pass
except NameError as error:
    print(error, "| context", repr(error.__context__))


class Meta(type):
    def __instancecheck__(cls, instance):
        print("never asked")
        return True

    def __subclasscheck__(cls, subclass):
        print("never asked")
        return True


class Special(Exception, metaclass=Meta):
    pass


try:
    try:
        raise ValueError("real classes only")
    except Special:
        print("wrong")
except ValueError as error:
    print(error)


def else_raises():
    try:
        pass
    except ValueError:
        return "not caught here"
    else:
        raise ValueError("from else")
    finally:
        print("finally after else")


try:
    else_raises()
except ValueError as error:
    print(error)


def nested():
    try:
        try:
            raise ValueError("inner")
        except KeyError:
            print("no")
        finally:
            print("inner finally")
    except ValueError as error:
        print("outer", error)
        try:
            raise
        except ValueError as again:
            print("re-raised", again is error)
    try:
        raise
    except RuntimeError as error:
        print(error)


nested()


def reraise_forms():
    for form in ("bare", "same", "from none"):
        try:
            try:
                1 / 0
            except ZeroDivisionError as error:
                if form == "bare":
                    raise
                elif form == "same":
                    raise error
                raise error from None
        except ZeroDivisionError as error:
            count, traceback = 0, error.__traceback__
            while traceback:
                count, traceback = count + 1, traceback.tb_next
            print(form, error.__suppress_context__, error.__context__, count)


reraise_forms()


def raise_class_and_instance():
    class Custom(Exception):
        def __init__(self, *args):
            print("init", args)
            super().__init__(*args)

    for thing in (Custom, Custom(1, 2)):
        try:
            raise thing
        except Custom as error:
            print(error.args, str(error), repr(error))

    class NotReally(Exception):
        def __new__(cls):
            return 5

    try:
        raise NotReally
    except TypeError as error:
        print(str(error).replace("NotReally", "X").split("instance")[0])
    try:
        raise ValueError from "text"
    except TypeError as error:
        print(error)
    try:
        raise
    except RuntimeError as error:
        print(error)


raise_class_and_instance()


def empty_finally(log):
    try:
        log.append(1)
    finally:
        pass
    try:
        pass
    finally:
        log.append(2)
    try:
        return log
    except BaseException:
        pass
    else:
        log.append("unreachable: the try block returned")


print(empty_finally([]))


def many_handlers(n):
    try:
        try:
            [][n]
        except TypeError:
            return "type"
        except KeyError:
            return "key"
    except LookupError as error:
        return error.args[0]


print(many_handlers(3), many_handlers("x"))
