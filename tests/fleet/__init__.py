"""Tests of fleets: real processes, a real scheduler, a server that speaks S3."""
