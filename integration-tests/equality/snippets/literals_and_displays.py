x=f"{a!r:{b}}" "c"; f(*a,k=1,**b); x in {1,2}; [*a,1] if 0 else 1
