// How something is called out, and which means reach all grids below; shouts/rules.py is the other side.
export const MEANS = ["own_voice", "phone_speaker", "loudhailer", "village_loudspeaker", "face_to_face", "door_to_door", "group_chat"];
export const HEARD_BELOW = ["village_loudspeaker", "group_chat"];
