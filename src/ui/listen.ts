/** Calls `handle` for these events of the window, before the page receives them. Returns a function that ends this. */
export function listen<Type extends keyof WindowEventMap>(
  types: readonly Type[],
  handle: (event: WindowEventMap[Type]) => void,
): () => void {
  for (const type of types) addEventListener(type, handle, true);
  return () => {
    for (const type of types) removeEventListener(type, handle, true);
  };
}
