// @ts-nocheck
export { type ChannelPair, type ChannelPairOptions, channelPair } from './channel-pair.js'
