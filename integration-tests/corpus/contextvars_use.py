"""contextvars: values per context, tokens, copies, generators, and asyncio tasks."""

import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")
depth = contextvars.ContextVar("depth")

print(user.get(), depth.get("fallback"))
try:
    depth.get()
except LookupError as error:
    print(type(error).__name__)
token = user.set("ann")
print(user.get(), token.old_value is contextvars.Token.MISSING, token.var is user)
user.reset(token)
print(user.get())
try:
    user.reset(token)
except RuntimeError as error:
    print("used once only")


def change():
    user.set("inside")
    depth.set(depth.get(0) + 1)
    return user.get(), depth.get()


context = contextvars.copy_context()
print(context.run(change), context.run(change), user.get(), context[user], depth.get("unset"))
print(sorted(v.name for v in context), user in context, len(context))
nested = context.copy()
nested.run(user.set, "nested")
print(nested[user], context[user])
try:
    context.run(context.run, print)
except RuntimeError as error:
    print("cannot enter twice")


def recursive(n):
    token = depth.set(n)
    try:
        return [depth.get()] + (recursive(n - 1) if n else []) + [depth.get()]
    finally:
        depth.reset(token)


print(recursive(2), depth.get("unset"))


def generator():
    user.set("set in a generator")
    yield user.get()
    yield user.get()


g = generator()
print(next(g), user.get())
user.set("changed outside")
print(next(g))


async def task(name):
    before = user.get()
    user.set(name)
    await asyncio.sleep(0)
    await inner()
    return before, user.get()


async def inner():
    user.set(user.get() + "+inner")


async def main():
    user.set("main")
    results = await asyncio.gather(*(task(n) for n in "ab"))
    print(results, user.get())
    await inner()
    print(user.get())
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    loop.call_soon(lambda: (print("callback sees", user.get()), user.set("callback"), done.set_result(1)))
    user.set("after call_soon")
    await done
    print(user.get())


asyncio.run(main())
print(user.get())
