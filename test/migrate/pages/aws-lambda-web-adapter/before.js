import { app } from './app.js'

app.listen(process.env.AWS_LWA_PORT ?? 8080)
