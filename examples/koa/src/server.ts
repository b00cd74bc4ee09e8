import { createApp } from './app.ts'
import { startRatesService } from './rates.ts'
import { settings } from './settings.ts'

process.env.UPSTREAM_URL ??= await startRatesService()

const port = Number(process.env.PORT ?? 3000)
createApp(settings()).listen(port, () => console.log(`Listening on http://127.0.0.1:${port}`))
