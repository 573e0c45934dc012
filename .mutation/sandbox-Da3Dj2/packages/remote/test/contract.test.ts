// @ts-nocheck
import { describeContract } from '@bercon/contract'
import { observableFlavor, overMessagePort, overWebSocket, promiseFlavor } from './wirings.js'

describeContract(promiseFlavor(overMessagePort))
describeContract(observableFlavor(overMessagePort))

const webSocket = await overWebSocket()
describeContract(promiseFlavor(webSocket))
describeContract(observableFlavor(webSocket))
