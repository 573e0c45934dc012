export default { test: { include: ["packages/protocol/src/wire/**/*.test.ts"], deps: { interopDefault: false }, isolate: false, testTimeout: 120_000 } }
