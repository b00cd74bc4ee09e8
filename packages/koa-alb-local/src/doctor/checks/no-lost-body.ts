import { behaviour, type Check } from './check.ts'

export const noLostBody: Check = {
  code: 'ALB125',
  name: '204 and 304 have no body',
  severity: 'warning',
  remedy: 'Use another status if the body matters: it does not reach the client.',
  source: behaviour,
  judge: ({ answer, fields }) => {
    const isBare = answer?.status === 204 || answer?.status === 304
    return isBare && fields?.body ? [`the body of a ${answer.status} is lost`] : []
  },
}
