export async function patchPage() {
  throw new Error("not yet");
}
