export * from './steps.js'
