import { defineConfig } from 'vitest/config';

/** `npm run test:numerics`: apart from `npm test`, since it needs Python and TensorFlow. */
export default defineConfig({
  test: {
    include: ['test/numerics/**/*.numerics.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    fileParallelism: false,
  },
});
