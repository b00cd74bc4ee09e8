import newrelic from 'newrelic'

const { agent } = newrelic
const events = (aggregator) => aggregator.getEvents().map((event) => event.toJSON?.() ?? event)

export default () => ({
  transactions: events(agent.transactionEventAggregator),
  spans: events(agent.spanEventAggregator),
})
