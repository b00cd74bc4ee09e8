export async function action({ request }) {
  const headers = { 'content-type': request.headers.get('content-type') ?? 'image/png' }
  return new Response(await request.arrayBuffer(), { status: 201, headers })
}
