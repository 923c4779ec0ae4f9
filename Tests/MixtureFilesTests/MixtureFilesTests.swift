// Tests of MixtureFiles.
