export const method = `## Method

- The timed unit is what Lambda does: \`JSON.parse\` of the event's text, the handler,
  \`JSON.stringify\` of its document. The event loop turns after every eighth invocation, so what a
  contestant puts off until after its answer is part of its time. "Handler alone" leaves out parsing,
  serializing and the turns.
- Wall time is the clock's; CPU time is that of the whole process, compiler and garbage collector
  included. On a quiet machine the two differ little; where they do not, believe the CPU time.
- Every contestant's document goes through the local load balancer before and after it is timed, and
  what comes out must be the status, the header lines and the body bytes the scenario asks for. If it
  is not, there is a reason below instead of a time.
- A process measures one scenario for one contestant: its first hundred invocations, a warm-up by CPU
  time, then slices of a fixed number of invocations; its figure is the median slice. Processes of all contestants alternate, round after
  round; a figure in a table is the median over the processes, the spread is their least and most.
- Koa contestants serve the same apps. Hono and Fastify, with equivalent routes and their own adapters,
  are there for orientation, in single-value mode.
- Two floors. The constant document parses the event and returns a document made before. The
  plain-object floor is Koa on objects with the least that the scenarios need: no instances of Node's
  classes, no socket, no \`writeHead\`, no back-pressure, one cookie, no check of names and values, no
  limit, no deadline, and a response that breaks is never noticed.
- Everything runs from an esbuild bundle in CommonJS, as most functions do. Cold starts use minified
  bundles of the small JSON app, in turn, each in a new process: from the start of the process to the
  first document. "Minus the app" subtracts the bundle of the app alone, or the time of the plain-object
  floor. "Cached" is Node's compile cache, filled by an earlier start.
- Allocation is the growth of heap and buffers over invocations between which nothing was collected.
- Growth answers with ASCII text (\`download\`) and takes binary bodies (\`upload\`); overlapping
  invocations are small JSON GETs of an app that waits for a turn of the event loop.`
