import { cpus } from 'node:os'
import { codecBench } from './codec-bench.js'

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`)
console.log('Times are of this machine and this moment; ratios within one table can be compared.')
await codecBench()
