import { mount } from 'svelte'
import App from './app.svelte'
import { resumeSession, session$ } from './gateway/session.js'
import { leaveServers } from './live/live-server.js'
import { samples$ } from './live/samples.js'
import './style/tokens.css'
import './style/base.css'

const target = document.getElementById('app')
if (target === null) throw new Error('The page has no element with the id "app".')

// The plots of every server go on while another view is shown.
let sampling: { unsubscribe(): void } | undefined
session$.subscribe(({ state }) => {
  sampling?.unsubscribe()
  sampling = undefined
  if (state === 'signed-in') sampling = samples$.subscribe()
  else leaveServers()
})
mount(App, { target })
void resumeSession()
