import { App } from 'aws-cdk-lib'
import { PartsDeskStack } from './stack.ts'

new PartsDeskStack(new App(), 'PartsDesk', {
  env: { region: process.env.CDK_DEFAULT_REGION ?? 'eu-central-1' },
  certificateArn: process.env.CERTIFICATE_ARN,
})
