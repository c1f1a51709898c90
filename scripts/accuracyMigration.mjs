/**
 * Migrates the open sources and writes docs/accuracy-migration.md; build first. See docs/testing.md.
 *
 *   node scripts/accuracyMigration.mjs
 */
import { importTestModule } from './support/testModule.mjs';

const { writeMigrationAccuracy } = await importTestModule('test/accuracy/migrationAccuracy.ts');
process.exitCode = await writeMigrationAccuracy();
