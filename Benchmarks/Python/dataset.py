# SPDX-License-Identifier: Apache-2.0
"""The rows and inputs of the workload: the same as in Sources/RomeBenchmarks/Workload/Dataset.swift."""

MASK = (1 << 64) - 1
INSERTED = {"a.tx1": 1, "a.tx1000": 1000}
COLUMNS = [
    "id", "uuid", "host", "project_id", "user_id", "vm_state", "task_state", "power_state", "display_name", "hostname",
    "image_ref", "flavor_id", "memory_mb", "vcpus", "root_gb", "availability_zone", "created_at", "updated_at",
    "deleted", "version",
]


def mix(seed):
    z = (seed + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def hexadecimal(number, salt):
    return "%016x" % mix((number * 64 + 32 + salt) & MASK)


def uuid(digits):
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def host(number):
    return "compute-%03d" % number


def project(number):
    return hexadecimal(number, 3) + hexadecimal(number, 4)


def row(id, count):
    def draw(salt, bound):
        return mix((id * 64 + salt) & MASK) % bound

    loaded = id <= count
    state = draw(5, 100)
    image = hexadecimal(draw(6, 50), 7)
    owner = project(id * 613 % 1000)
    return {
        "id": id,
        "uuid": uuid(hexadecimal(id, 1) + hexadecimal(id, 2)),
        "host": host(id % 100) if loaded else "insert-%03d" % (id % 100),
        "project_id": owner if loaded else "i" + owner[1:],
        "user_id": hexadecimal(draw(8, 5000), 9) + hexadecimal(0, 9),
        "vm_state": "active" if state < 85 else "stopped" if state < 95 else "error" if state < 98 else "building",
        "task_state": "migrating" if draw(10, 50) == 0 else None,
        "power_state": draw(11, 8),
        "display_name": "instance-%08x" % id,
        "hostname": "host-%08x" % id,
        "image_ref": uuid(image + image),
        "flavor_id": draw(12, 40),
        "memory_mb": 2048 << draw(13, 8),
        "vcpus": 1 << draw(14, 5),
        "root_gb": 10 * (1 + draw(15, 8)),
        "availability_zone": "zone-%d" % draw(16, 4),
        "created_at": 1_700_000_000_000_000 + draw(17, 31_536_000_000_000),
        "updated_at": None if draw(18, 4) == 0 else 1_732_000_000_000_000 + draw(19, 31_536_000_000_000),
        "deleted": id if draw(20, 20) == 0 else 0,
        "version": 1,
    }


def metadata(instance):
    return [
        {
            "id": instance * 2 - 1 + number,
            "instance_id": instance,
            "key": "key-%d" % number,
            "value": "value-%06d" % (mix((instance * 2 + number) & MASK) % 100_000),
        }
        for number in range(2)
    ]


def seed(operation, iteration):
    start = (iteration * 1009) & MASK
    for byte in operation.encode():
        start = (start + byte * 65_537) & MASK
    return mix(start)


def key(operation, iteration, count):
    return 1 + seed(operation, iteration) % count


def keys(iteration, count):
    first = seed("b.mget100", iteration) % count
    return [1 + (first + index * (count // 100)) % count for index in range(100)]


def inserted(operation, iteration, count):
    first = count + 1 + iteration * INSERTED[operation]
    return range(first, first + INSERTED[operation])
