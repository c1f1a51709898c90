import { diagnosticFixtures } from '../support/diagnosticFixtures';

/** Code that looks like a finding and is none. */
diagnosticFixtures(new URL('./silence/', import.meta.url));
