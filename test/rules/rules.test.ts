import { diagnosticFixtures } from '../support/diagnosticFixtures';

diagnosticFixtures(new URL('./', import.meta.url));
