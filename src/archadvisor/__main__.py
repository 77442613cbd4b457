"""`python -m archadvisor`."""

from archadvisor.cli import main

main(prog_name="archadvisor")
