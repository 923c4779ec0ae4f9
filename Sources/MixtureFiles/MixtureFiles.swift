// The MixtureFiles target.
