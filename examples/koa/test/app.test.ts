import { createApp } from '../src/app.ts'
import { appSuite } from './suite.ts'

appSuite((options) => createApp(options).callback())
