import { createApp } from './app.ts'
import { portFrom } from './port.ts'
import { startRatesService } from './rates.ts'
import { settings } from './settings.ts'

const port = portFrom()
process.env.UPSTREAM_URL ??= await startRatesService()

createApp(settings()).listen(port, () => console.log(`Listening on http://127.0.0.1:${port}`))
