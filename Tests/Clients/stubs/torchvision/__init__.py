"""Stands in for torchvision, whose wheels do not fit a CPU build of torch.

MosaicML Streaming imports two names of it for its image data sets, which are not used here.
"""
