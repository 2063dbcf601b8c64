def o():
    T = int
    class __A:
        __x: T = 1
        def __m(self, __p, *, __q=1, **__k) -> T:
            x: T = 5
            self.__z += __p; del self.__z, __q
            import __a.b, __c as __d
            from __e import __f as __g, __h
            return f(__k=1, **__k)(__x := 2)
