import { cpus } from 'node:os'
import { codecBench } from './codec-bench.js'
import { parseBench } from './parse-bench.js'
import { rxBench } from './rx-bench.js'
import { scaleBench } from './scale-bench.js'
import { syncBench } from './sync-bench.js'
import { udpBench } from './udp-bench.js'

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`)
console.log('Times are of this machine and this moment; ratios within one table can be compared.')
await codecBench()
await parseBench()
await udpBench()
await rxBench()
await syncBench()
await scaleBench()
