"""The only writers: one verb per function, one transaction per call, refusals as errors with a sentence."""
