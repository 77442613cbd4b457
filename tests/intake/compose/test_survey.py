"""What a whole Compose file comes to."""

import time

from tests.intake.compose.files import facts, surveyed


def test_services_whose_names_come_to_the_same_stay_two() -> None:
    found = surveyed("services: {web.api: {image: a, mem_limit: 512m}, web-api: {image: b, mem_limit: 1g}}")
    assert [name for name, _ in found.services] == ["web-api", "web-api-2"]
    assert [facts(found, name)["memory"] for name, _ in found.services] == ["512 MiB", "1 GiB"]


def test_many_ports_take_no_longer_each_than_few() -> None:
    def taken(count: int) -> float:
        ports = ", ".join(f"{{target: {port}, published: '{port}'}}" for port in range(1, count + 1))
        start = time.process_time()
        surveyed(f"services: {{web: {{image: a, ports: [{ports}]}}}}")
        return time.process_time() - start

    taken(10)
    assert taken(4000) < 4 * taken(2000)
