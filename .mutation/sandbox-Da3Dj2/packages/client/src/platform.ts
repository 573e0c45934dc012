// @ts-nocheck
import type { ClientPlatform } from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'
import { systemClock } from './system-clock.js'

/** UDP, where there is any, and the system clock. */
export const PLATFORM: ClientPlatform = { newTransport: () => new UdpTransport(), clock: systemClock }
