import QtQuick
import QtQuick.Controls.Basic

// A part of the window in a file of its own, which is not even read before it is wanted; then it is kept.
Loader {
    required property string file
    required property ApplicationWindow main
    property bool wanted: false

    function made(): QtObject {
        if (source.toString() === "")
            setSource(Qt.resolvedUrl(file), {
                main: main
            });
        return item;
    }

    onWantedChanged: if (wanted) made()
    Component.onCompleted: if (wanted) made()
}
