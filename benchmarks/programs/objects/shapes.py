"""Areas and moves of shapes of four classes in one list: N rounds.

Methods found through the class of each object; isinstance; a class attribute.
"""

import sys

SIZES = {"tiny": 10, "small": 70_000, "large": 560_000}


class Shape:
    scale = 1.0

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy

    def area(self):
        return 0.0


class Circle(Shape):
    def __init__(self, x, y, radius):
        super().__init__(x, y)
        self.radius = radius

    def area(self):
        return 3.14159 * self.radius * self.radius * self.scale


class Square(Shape):
    scale = 0.5

    def __init__(self, x, y, side):
        super().__init__(x, y)
        self.side = side

    def area(self):
        return self.side * self.side * self.scale


class Triangle(Shape):
    def __init__(self, x, y, base, height):
        super().__init__(x, y)
        self.base = base
        self.height = height

    def area(self):
        return 0.5 * self.base * self.height


def main(rounds):
    shapes = []
    for number in range(60):
        x, y = number * 0.5, number * 0.25
        if number % 3 == 0:
            shapes.append(Circle(x, y, number % 7 + 1.0))
        elif number % 3 == 1:
            shapes.append(Square(x, y, number % 5 + 1.0))
        else:
            shapes.append(Triangle(x, y, number % 4 + 1.0, 2.0))
    total = 0.0
    round_ones = 0
    for _ in range(rounds):
        for shape in shapes:
            shape.move(0.25, -0.125)
            area = shape.area()
            if isinstance(shape, Circle):
                round_ones += 1
            if area > 3.0:
                total += area
            if shape.x > 100.0:
                shape.x -= 100.0
    middle = sum(shape.x for shape in shapes) / len(shapes)
    print(f"{total:.3f} in all, {round_ones} circles, around {middle:.4f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
