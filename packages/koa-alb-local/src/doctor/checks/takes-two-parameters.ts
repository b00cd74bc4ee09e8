import type { ModuleCheck } from './module-check.ts'

export const takesTwoParameters: ModuleCheck = {
  code: 'ALB302',
  name: 'the handler takes two parameters',
  severity: 'warning',
  remedy:
    'Declare (event, context) alone and return a promise: with a third one, the callback, no function starts from the Node 24 runtime on.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  isModeless: true,
  judge: ({ parameters }) =>
    parameters > 2 ? [`the handler declares ${parameters} parameters`] : [],
}
