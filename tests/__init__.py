"""The tests of archadvisor; folders mirror those of the package."""
