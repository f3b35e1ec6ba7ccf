export default function Callback() {
  return <p>One moment…</p>
}
