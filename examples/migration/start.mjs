import { prepare } from '../../scripts/prepare.mjs'

// Installs and builds what is out of date.
prepare()
await import('./serve.mjs')
