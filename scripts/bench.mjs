// npm run bench: how fast the adapter is beside others; npm run bench -- --help for the options.
import { prepare } from './prepare.mjs'

prepare()
await import('../bench/start.mjs')
