import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { serveTemplate } from './serve-template.ts'

const template = fileURLToPath(new URL('../template.yaml', import.meta.url))

it('template.yaml serves the function behind its load balancer', async () => {
  const url = await serveTemplate(template).url()
  const response = await fetch(`${url}/?name=Ada%20L`)
  expect([response.status, response.headers.get('server')]).toEqual([200, 'awselb/2.0'])
  expect(await response.text()).toBe('Hello Ada L\n')
})

it('template.yaml lets the load balancer check the health of the function', async () => {
  const { line } = serveTemplate(template)
  expect(await line(/^target group/)).toBe('target group TargetGroup: initial → healthy')
})

it('template.yaml has a target group that keeps every value of a parameter', async () => {
  const url = await serveTemplate(template).url()
  const response = await fetch(`${url}/?name=Ada&name=Grace`)
  expect(await response.text()).toBe('Hello Ada,Grace\n')
})

it('template.yaml has nothing else that a request would meet', async () => {
  const { line } = serveTemplate(template)
  expect(await line(/^Not served here/)).toBe(
    'Not served here: AWS::Logs::LogGroup, AWS::IAM::Role, AWS::EC2::SecurityGroup',
  )
})

it('sam.yaml serves its rule on a listener that stands for the one it is given', async () => {
  const served = serveTemplate(fileURLToPath(new URL('../sam.yaml', import.meta.url)), {
    args: ['--listener', 'ListenerArn=80'],
  })
  const url = await served.url()
  expect(await (await fetch(`${url}/parts/?name=Ada`)).text()).toBe('Hello Ada\n')
  expect((await fetch(url)).status).toBe(404)
})
