import { setTimeout as delay } from 'node:timers/promises'
import xray from 'aws-xray-sdk-core'
import xrayExpress from 'aws-xray-sdk-express'
import express from 'express'

const { openSegment, closeSegment } = xrayExpress

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(openSegment('things'))
app.get('/hello/:name', async (req, res) => {
  const subsegment = xray.getSegment().addNewSubsegment('greeting')
  await delay(1)
  subsegment.addAnnotation('name', req.params.name)
  subsegment.close()
  res.json(req.params)
})
app.post('/echo', (req, res) => req.pipe(res))
app.get('/nested', async (_req, res) => {
  await delay(1)
  const name = await xray.captureAsyncFunc('later', async (subsegment) => {
    await delay(1)
    subsegment.close()
    return xray.getSegment().name
  })
  res.send(name)
})
app.get('/fail', () => {
  throw new Error('on purpose')
})
app.use(closeSegment())
