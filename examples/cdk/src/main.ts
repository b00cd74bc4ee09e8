import { App } from 'aws-cdk-lib'
import { PartsDeskStack } from './stack.ts'

new PartsDeskStack(new App(), 'PartsDesk')
