"""What is measured and not tested: speed, and how much the tests of rules notice."""
