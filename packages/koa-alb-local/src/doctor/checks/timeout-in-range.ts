import { registeredFunctions, type TemplateCheck } from './template-check.ts'

export const timeoutInRange: TemplateCheck = {
  code: 'ALB406',
  name: 'the timeout is one that a load balancer waits for',
  severity: 'error',
  remedy: 'Set Timeout to at most 900: only asynchronous invocations have longer.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
  judge: (resources) =>
    registeredFunctions(resources)
      .filter(({ properties }) => Number(properties.Timeout ?? 3) > 900)
      .map(({ id, properties }) => `timeout is ${properties.Timeout} s: ${id}`),
}
