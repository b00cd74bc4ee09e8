#!/usr/bin/env node
import { run } from '../dist/esm/cli/main.js'

// Whatever a function of this process still holds open is no reason to stay.
process.exit(await run(process.argv.slice(2)))
